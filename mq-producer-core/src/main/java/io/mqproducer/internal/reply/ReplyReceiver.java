package io.mqproducer.internal.reply;

import static io.mqproducer.message.MessageProperties.NAME_SEPARATOR;
import static io.mqproducer.message.MessageProperties.PROPERTY_SEPARATOR;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.Peer;
import io.mqproducer.internal.remoting.ServerRequestHandler;
import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the replies that brokers push, and acknowledges each at once, since the replier waits for that. One that nobody waits
 * for is dropped: it is late, a second one, or none of ours. Nothing is decoded here but whose reply it is.
 */
public final class ReplyReceiver implements ServerRequestHandler {

    private static final Logger log = LoggerFactory.getLogger(ReplyReceiver.class);

    private static final String CORRELATION_ID = "CORRELATION_ID" + NAME_SEPARATOR;

    private final Throttle dropLog = new Throttle(Duration.ofSeconds(1));
    private volatile @Nullable RequestReply requests;

    /** Receives nothing until it is {@link #receiveFor told} for whom: brokers may be talked to before requests can be made. */
    public ReplyReceiver() {}

    /** From now on replies go to these requests. */
    public void receiveFor(RequestReply sender) {
        requests = sender;
    }

    @Override
    public void handle(RemotingCommand push, Peer from) {
        if (!push.isOneway()) {
            from.answer(RemotingCommand.response(ResponseCode.SUCCESS.code(), push.opaque(), null));
        }
        RequestReply known = requests;
        if ((known == null || !known.replied(correlationId(push), push, from.endpoint()))
                && dropLog.permits(System.nanoTime())) {
            log.debug(
                    "dropped a reply from {} that no request waits for (any more), and {} before it",
                    from.endpoint(),
                    dropLog.takeHeldBack());
        }
    }

    @Override
    public boolean isAwaited(RemotingCommand push) {
        RequestReply known = requests;
        return known != null && known.waitsFor(correlationId(push));
    }

    /** The one property that is needed here, without reading the others. */
    private static String correlationId(RemotingCommand push) {
        String properties = push.string("properties");
        if (properties == null) {
            return "";
        }
        int start =
                properties.startsWith(CORRELATION_ID) ? 0 : properties.indexOf(PROPERTY_SEPARATOR + CORRELATION_ID) + 1;
        if (start == 0 && !properties.startsWith(CORRELATION_ID)) {
            return "";
        }
        int end = properties.indexOf(PROPERTY_SEPARATOR, start);
        return properties.substring(start + CORRELATION_ID.length(), end < 0 ? properties.length() : end);
    }
}
