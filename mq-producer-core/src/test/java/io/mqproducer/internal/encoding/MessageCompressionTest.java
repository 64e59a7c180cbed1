package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mqproducer.message.Message;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MessageCompressionTest extends PreparerFixture {

    @Test
    void f87_compressesFromTheThresholdOn() {
        MessagePreparer preparer = preparer(Configs.standard(), zlib);

        OutboundMessage below = preparer.prepare(Message.of("T", new byte[4095]), MessageRole.NORMAL, 0, true);
        OutboundMessage at = preparer.prepare(Message.of("T", new byte[4096]), MessageRole.NORMAL, 0, true);

        assertThat(below.sysFlag()).isZero();
        assertThat(below.wireBodySize()).isEqualTo(4095);
        assertThat(at.sysFlag()).isEqualTo(0x301);
        assertThat(at.wireBodySize()).isLessThan(100);
        assertThat(at.content().capacity())
                .as("memory for the uncompressed body is given back")
                .isEqualTo(at.content().readableBytes());
        assertThat(plainBodyOf(at, 4096)).isEqualTo(new byte[4096]);
        below.release();
        at.release();
    }

    @Test
    void f87_sendsPlainWhatDoesNotShrink() {
        MessagePreparer preparer = preparer(Configs.withSizes(LIMIT, 0), zlib);

        for (int size : new int[] {1, 2, 100, 4096, 100_000}) {
            byte[] body = noise(size);
            OutboundMessage outbound = preparer.prepare(Message.of("T", body), MessageRole.NORMAL, 0, true);

            assertThat(outbound.sysFlag()).isZero();
            assertThat(bodyOf(outbound)).isEqualTo(body);
            outbound.release();
        }
    }

    @Test
    void f87_sendsPlainWhereTheCodecThrows() {
        MessagePreparer preparer = preparer(Configs.standard(), new Failing());

        for (int i = 0; i < 2; i++) {
            OutboundMessage outbound = preparer.prepare(Message.of("T", bytes(5_000)), MessageRole.NORMAL, 0, true);

            assertThat(outbound.sysFlag()).isZero();
            assertThat(bodyOf(outbound)).isEqualTo(bytes(5_000));
            assertThat(WireProperties.of(outbound)).containsOnlyKeys("UNIQ_KEY", "WAIT");
            outbound.release();
        }
    }

    @Test
    void f87_warnsOnceThatTheCodecThrows() {
        Logger logger = (Logger) LoggerFactory.getLogger(MessagePreparer.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            MessagePreparer preparer = preparer(Configs.standard(), new Failing());
            preparer.prepare(Message.of("T", bytes(5_000)), MessageRole.NORMAL, 0, true)
                    .release();
            preparer.prepare(Message.of("T", bytes(5_000)), MessageRole.NORMAL, 0, true)
                    .release();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("codec");
        });
    }
}
