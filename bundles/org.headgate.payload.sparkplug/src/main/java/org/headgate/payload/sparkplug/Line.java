package org.headgate.payload.sparkplug;

/** Text of strangers, so that it can stand in one line of the log. */
final class Line {
    private static final int LONGEST = 200;

    private Line() {}

    static String of(String text) {
        int end = Math.min(text.length(), LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        String start = text.substring(0, end).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return end < text.length() ? start + "..." : start;
    }
}
