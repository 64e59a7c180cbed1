package io.mqproducer.internal.remoting;

import io.mqproducer.config.Credentials;
import io.mqproducer.internal.protocol.AclSignature;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.FailureKind;
import io.mqproducer.spi.CredentialsProvider;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the requests of one connection, each with the credentials that its producer has at that moment. Confined to the
 * event loop.
 */
final class RequestSigner {

    private static final Logger log = LoggerFactory.getLogger(RequestSigner.class);

    /** Longer than any look at a field takes, a pause of the collector aside. */
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Duration WARN_INTERVAL = Duration.ofSeconds(30);

    private final CredentialsProvider provider;
    private final AclSignature signature = new AclSignature();
    private final Throttle slowLog = new Throttle(WARN_INTERVAL);

    RequestSigner(CredentialsProvider provider) {
        this.provider = provider;
    }

    /**
     * Asks for the credentials of the request that is written next; returns how many bytes they add to a binary header.
     *
     * @throws RemotingException if there are none
     */
    int begin() {
        signature.use(currentCredentials());
        return signature.length();
    }

    private Credentials currentCredentials() {
        long start = System.nanoTime();
        @Nullable Credentials current;
        try {
            current = provider.credentials();
        } catch (RuntimeException e) {
            throw unavailable("the credentials provider failed: " + e, e);
        }
        long now = System.nanoTime();
        if (now - start > SLOW && slowLog.permits(now)) {
            log.warn(
                    "the credentials provider took {} ms; it runs on an I/O thread, where it holds up all other requests, and"
                            + " must return what is ready",
                    TimeUnit.NANOSECONDS.toMillis(now - start));
        }
        if (current == null) {
            throw unavailable("the credentials provider has returned null", null);
        }
        return current;
    }

    private static RemotingException unavailable(String text, @Nullable Throwable cause) {
        return new RemotingException(FailureKind.RESOURCE, false, text, cause);
    }

    /** Adds the signature to a head that was written after {@link #begin}. */
    void sign(ByteBuf head, int start, ByteBuf body, int bodyIndex, int bodyLength) {
        signature.appendTo(head, start, body, bodyIndex, bodyLength);
    }

    RemotingCommand signed(RemotingCommand request) {
        begin();
        return signature.sign(request);
    }
}
