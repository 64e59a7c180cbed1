package io.mqproducer.internal.protocol;

/** Text of a peer, made fit for logs and exceptions: one line, bounded, without characters that rearrange or hide others. */
final class PrintableText {

    private static final String CUT = "...";

    private PrintableText() {}

    /** The text itself if it is short and plain, else a copy of at most {@code max} characters. */
    static String of(String text, int max) {
        return text.length() <= max && isPlain(text) ? text : escape(text, max);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || isUnsafe(c)) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, int max) {
        StringBuilder safe = new StringBuilder(Math.min(max, text.length() + 16));
        int whole = 0; // length up to which the mark of a cut would still fit
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            append(safe, c);
            if (safe.length() > max) {
                safe.setLength(whole);
                return safe.append(CUT).toString();
            }
            if (safe.length() <= max - CUT.length()) {
                whole = safe.length();
            }
        }
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        if (c > Character.MAX_VALUE || !(isUnsafe((char) c) || Character.isSurrogate((char) c))) {
            safe.appendCodePoint(c);
        } else {
            safe.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                safe.append(Character.toUpperCase(Character.forDigit((c >> shift) & 0xF, 16)));
            }
        }
    }

    private static boolean isUnsafe(char c) {
        return Character.isISOControl(c) || (c >= '\u061C' && isSeparatorOrDirection(c));
    }

    /** Line and paragraph separators, and everything that sets the direction of what follows. */
    private static boolean isSeparatorOrDirection(char c) {
        return c == '\u061C'
                || (c >= '\u200E' && c <= '\u200F')
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\uFEFF';
    }
}
