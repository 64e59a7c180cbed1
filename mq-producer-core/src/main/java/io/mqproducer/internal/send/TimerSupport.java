package io.mqproducer.internal.send;

import io.mqproducer.internal.protocol.MQVersion;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.DeliveryTime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of brokers that are too old to know of delivery times: they take such a message as any other and deliver it at
 * once, without a word. Once per broker; thread-safe.
 */
final class TimerSupport {

    private static final Logger log = LoggerFactory.getLogger(TimerSupport.class);

    private final RemotingClient brokers;
    private final Set<Endpoint> asked = ConcurrentHashMap.newKeySet();

    TimerSupport(RemotingClient brokers) {
        this.brokers = brokers;
    }

    /** A message of this delivery time, which is not at once, goes to this queue. */
    void check(DeliveryTime delivery, PublishQueue at) {
        if (!(delivery instanceof DeliveryTime.AtLevel) && asked.add(at.broker())) {
            brokers.versionOf(at.broker()).thenAccept(version -> warnIfTooOld(new MQVersion(version), at));
        }
    }

    private static void warnIfTooOld(MQVersion version, PublishQueue at) {
        if (version.isBefore5()) {
            log.warn(
                    "{} at {} is RocketMQ {}, which knows no delivery times: it delivers such messages at once."
                            + " Use delay levels, or brokers from 5.0 on",
                    at.queue().brokerName(),
                    at.broker(),
                    version);
        }
    }
}
