package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NameResolver;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The build runs the tests on two versions of Netty; here each run proves that it does. */
class NettyInUseTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                ByteBuf.class,
                Channel.class,
                Epoll.class,
                UnixChannel.class,
                ByteToMessageDecoder.class,
                SslHandler.class,
                NameResolver.class,
                Future.class
            })
    void isTheVersionThatTheBuildNames(Class<?> ofOneJar) {
        String expected = System.getProperty("netty.expected", "");
        assumeTrue(!expected.isEmpty(), "not started by the build");

        assertThat(ofOneJar.getProtectionDomain().getCodeSource().getLocation().getPath())
                .endsWith("-" + expected + ".jar");
    }
}
