/**
 * Outlines on a 24-unit grid, drawn with round strokes. Each is an export, so that the script tag contains only those
 * that it uses.
 */
export const chatIcon = "M3 9c2-3 4-3 6 0s4 3 6 0 4-3 6 0M3 15c2-3 4-3 6 0s4 3 6 0";
export const closeIcon = "M6.5 6.5l11 11M17.5 6.5l-11 11";
export const chevronIcon = "M6 9.5l6 6 6-6";
export const sendIcon = "M12 19V5.5M5.8 11.7L12 5.5l6.2 6.2";
export const stopIcon = "M8.5 7.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z";
export const downIcon = "M12 5v13.5M5.8 12.3L12 18.5l6.2-6.2";
export const composeIcon =
  "M12.5 4.5H7a2.5 2.5 0 0 0-2.5 2.5v10A2.5 2.5 0 0 0 7 19.5h10a2.5 2.5 0 0 0 2.5-2.5v-5.5M9.5 14.5l.6-3 7.6-7.6a1.7 1.7 0 0 1 2.4 2.4l-7.6 7.6-3 .6Z";
export const retryIcon = "M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9M19.5 4.5V9H15";
export const alertIcon = "M12 8.2v4.6M12 16h.01M12 3.5 21 19.5H3L12 3.5Z";
export const copyIcon =
  "M9 9V5.5A1.5 1.5 0 0 1 10.5 4h8A1.5 1.5 0 0 1 20 5.5v8a1.5 1.5 0 0 1-1.5 1.5H15M5.5 9h8A1.5 1.5 0 0 1 15 10.5v8a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 4 18.5v-8A1.5 1.5 0 0 1 5.5 9Z";
export const listIcon = "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4.2v4.3h4.3M12 8v4.3l2.8 1.7";
export const enlargeIcon = "M14 4.5h5.5V10M10 19.5H4.5V14M19.2 4.8 13.5 10.5M4.8 19.2l5.7-5.7";
export const arrowIcon = "M5 12h13.5M12.5 6l6 6-6 6";
export const penIcon = "M5 19l.8-3.8L15.9 5.1a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L8.8 18.2 5 19Z";
export const checkIcon = "M5.5 12.5l4.5 4.5 9-10";
export const previousIcon = "M14.5 6l-6 6 6 6";
export const thumbIcon =
  "M7.5 11v8.5h9.3a2 2 0 0 0 2-1.6l1.1-5.5a2 2 0 0 0-2-2.4H14l.7-3.6A2 2 0 0 0 12.8 4l-4 7H4.5v8.5h3";
