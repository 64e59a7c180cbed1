package io.mqproducer.internal.util;

/** Foreign text made safe for logs and exceptions: one line, bounded, nothing that a terminal would obey. Pure. */
public final class PrintableText {

    private static final char CUT = '…';

    private PrintableText() {}

    /**
     * The text with control, line-separator and bidirectional characters and halves of surrogate pairs escaped, cut to
     * {@code limit} characters.
     */
    public static String of(String text, int limit) {
        return text.length() <= limit && isPlain(text) ? text : escaped(text, limit);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || !isPrintable(c)) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text, int limit) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), limit) + 16);
        int cut = 0; // where to end if the rest does not fit: never inside an escape or a surrogate pair
        for (int i = 0; i < text.length() && safe.length() <= limit; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            append(c, safe);
            if (safe.length() < limit) {
                cut = safe.length();
            }
        }
        if (safe.length() > limit) {
            safe.setLength(cut);
            safe.append(CUT);
        }
        return safe.toString();
    }

    private static void append(int c, StringBuilder safe) {
        if (isPrintable(c)) {
            safe.appendCodePoint(c);
            return;
        }
        safe.append("\\u");
        String digits = Integer.toHexString(c);
        safe.append("0".repeat(Math.max(0, 4 - digits.length()))).append(digits);
    }

    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
