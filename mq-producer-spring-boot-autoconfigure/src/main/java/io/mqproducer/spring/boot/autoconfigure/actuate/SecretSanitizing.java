package io.mqproducer.spring.boot.autoconfigure.actuate;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Hides the values of the properties below {@code mq.producer} that are secret, however they are spelled. */
final class SecretSanitizing implements SanitizingFunction {

    /** Of a key's letters and digits; what follows a password's name may be its parts in a list. */
    private static final Pattern SECRET =
            Pattern.compile("mqproducer.*(accesskey|secretkey|securitytoken|password)\\d*", Pattern.DOTALL);

    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^a-z0-9]");

    @Override
    public SanitizableData apply(SanitizableData data) {
        String key = NEITHER_LETTER_NOR_DIGIT
                .matcher(data.getKey().toLowerCase(Locale.ROOT))
                .replaceAll("");
        return SECRET.matcher(key).matches() ? data.withSanitizedValue() : data;
    }
}
