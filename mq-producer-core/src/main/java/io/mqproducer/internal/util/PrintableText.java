package io.mqproducer.internal.util;

/** Foreign text made safe for logs and exceptions: one line, bounded, nothing that a terminal would obey. */
public final class PrintableText {

    private PrintableText() {}

    /** The text with control, line-separator and bidirectional characters escaped, cut to {@code limit} characters. */
    public static String of(String text, int limit) {
        if (text.length() <= limit && text.chars().allMatch(PrintableText::isPrintable)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(Math.min(text.length(), limit) + 16);
        for (int i = 0; i < text.length() && safe.length() < limit; i++) {
            char c = text.charAt(i);
            if (isPrintable(c)) {
                safe.append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        if (safe.length() >= limit) {
            safe.setLength(limit - 1);
            safe.append('…');
        }
        return safe.toString();
    }

    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
