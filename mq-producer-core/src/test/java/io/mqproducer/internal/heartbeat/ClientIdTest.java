package io.mqproducer.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientIdTest {

    @Test
    void namesInstanceAndUnitAndNothingOfTheHost() {
        assertThat(ClientId.create(null, "orders", "unit-1", new Random(1)).text())
                .matches("mq-producer@orders#[0-9a-f]{16}@unit-1");
        assertThat(ClientId.create(null, null, null, new Random(1)).text()).matches("mq-producer@#[0-9a-f]{16}");
    }

    @Test
    void namesTheAddressThatIsSet() {
        assertThat(ClientId.create("10.0.0.7", "orders", null, new Random(1)).text())
                .matches("10\\.0\\.0\\.7@orders#[0-9a-f]{16}");
    }

    @Test
    void f72_isAnotherOneForEachProducer() {
        Set<String> texts = new HashSet<>();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 10_000; i++) {
            texts.add(ClientId.create(null, "same", null, random).text());
        }

        assertThat(texts).hasSize(10_000);
    }
}
