package io.mqproducer.internal.heartbeat;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.HeartbeatData;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.util.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the brokers that are connected that this producer lives, and at the end that it goes. None of it affects a
 * send, and no connection is opened for it. Thread-safe; waits for nothing.
 */
public final class HeartbeatService {

    private static final Logger log = LoggerFactory.getLogger(HeartbeatService.class);
    private static final byte[] NO_BODY = {};

    private final ClientId clientId;
    private final String wireGroup;
    private final Map<String, String> headerFields;
    private final byte[] body;

    /** @param group the producer group, without namespace */
    public HeartbeatService(ClientId clientId, String group, Namespace namespace) {
        this.clientId = clientId;
        this.wireGroup = namespace.wrap(group);
        this.headerFields = namespace.headerFields();
        this.body = new HeartbeatData(clientId.text(), List.of(wireGroup)).toJson();
    }

    /** The heartbeat: first request on every new connection, and repeated by {@link #beat}. */
    public RemotingCommand heartbeat() {
        return RemotingCommand.request(RequestCode.HEART_BEAT, headerFields, body);
    }

    /** Sends a heartbeat to every connected broker. */
    public void beat(RemotingClient brokers, Duration timeout) {
        for (Endpoint broker : brokers.connected()) {
            brokers.invoke(broker, heartbeat(), timeout).whenComplete((answer, failure) -> {
                if (failure != null || answer.code() != ResponseCode.SUCCESS.code()) {
                    log.debug("heartbeat to {}: {}", broker, failure == null ? answer : failure);
                }
            });
        }
    }

    /** Tells these brokers that the producer goes and comes, each on its connection, one after the other. */
    public void registerAnew(RemotingClient brokers, Set<Endpoint> which, Duration timeout) {
        for (Endpoint broker : which) {
            brokers.invoke(broker, goodbye(), timeout)
                    .thenCompose(answer -> brokers.invoke(broker, heartbeat(), timeout))
                    .whenComplete((answer, failure) -> log.debug(
                            "registering anew at {}: {}", broker, String.valueOf(failure == null ? answer : failure)));
        }
    }

    /** Sends a heartbeat to this broker, connected or not; completes exceptionally unless it answers that all is well. */
    public CompletableFuture<?> probe(RemotingClient brokers, Endpoint broker, Duration timeout) {
        return brokers.invoke(broker, heartbeat(), timeout).thenAccept(answer -> {
            if (answer.code() != ResponseCode.SUCCESS.code()) {
                throw new IllegalStateException("probe answered " + answer);
            }
        });
    }

    /** Tells every connected broker that the producer goes; completes when all have answered or the time is over. */
    public CompletableFuture<Void> unregister(RemotingClient brokers, Duration timeout) {
        RemotingCommand goodbye = goodbye();
        return CompletableFuture.allOf(brokers.connected().stream()
                .map(broker -> brokers.invoke(broker, goodbye, timeout).exceptionally(failure -> {
                    log.debug("unregistering at {}: {}", broker, failure.toString());
                    return goodbye;
                }))
                .toArray(CompletableFuture[]::new));
    }

    private RemotingCommand goodbye() {
        Map<String, String> fields = new LinkedHashMap<>(headerFields);
        fields.put("clientID", clientId.text());
        fields.put("producerGroup", wireGroup);
        return RemotingCommand.request(RequestCode.UNREGISTER_CLIENT, fields, NO_BODY);
    }
}
