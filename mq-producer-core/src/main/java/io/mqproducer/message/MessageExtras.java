package io.mqproducer.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a {@link Message} has besides topic and body, in the form in which it is asked for; most messages have none of
 * it and share {@link #NONE}.
 */
record MessageExtras(
        Map<String, String> properties,
        List<String> keys,
        Optional<String> tag,
        Optional<String> orderingKey,
        Optional<String> liteTopic,
        List<String> multiDispatch,
        DeliveryTime delivery,
        int flag,
        OptionalInt priority,
        OptionalInt reconsumeTimes,
        boolean waitForStore) {

    static final MessageExtras NONE = new MessageExtras(
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            DeliveryTime.now(),
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            true);
}
