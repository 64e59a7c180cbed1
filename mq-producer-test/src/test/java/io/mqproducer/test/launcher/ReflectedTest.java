package io.mqproducer.test.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ReflectedTest {

    @Test
    void choosesTheMethodThatTakesTheArguments() throws Exception {
        Reflected text = Reflected.create("java.lang.StringBuilder", "a");

        text.call("append", 1);
        text.call("append", "b");

        assertThat(text.text("toString")).isEqualTo("a1b");
    }

    @Test
    void callsStaticMethods() throws Exception {
        Reflected number = Reflected.ofClass("java.math.BigInteger").get("valueOf", 7L);

        assertThat(number.target()).isEqualTo(BigInteger.valueOf(7));
        assertThat(number.number("longValue")).isEqualTo(7);
    }

    @Test
    void throwsWhatTheMethodThrows() {
        Reflected failing = new Reflected(new Failing());

        assertThatThrownBy(() -> failing.call("fail"))
                .isInstanceOf(IOException.class)
                .hasMessage("as told");
    }

    @Test
    void saysWhichMethodIsMissing() {
        assertThatThrownBy(() -> new Reflected("a").call("noSuchMethod", 1))
                .isInstanceOf(NoSuchMethodException.class)
                .hasMessageContaining("noSuchMethod");
    }

    /** Fails. */
    public static final class Failing {

        /** Fails. */
        public void fail() throws IOException {
            throw new IOException("as told");
        }
    }
}
