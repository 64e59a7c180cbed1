package io.mqproducer.test.launcher;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The users of a broker's ACL 2.0, and what they may do. */
final class BrokerUsers {

    private static final String AUTHENTICATION = "org.apache.rocketmq.auth.authentication.";
    private static final String AUTHORIZATION = "org.apache.rocketmq.auth.authorization.";
    private static final long TIMEOUT_SECONDS = 10;

    private final Reflected broker;

    BrokerUsers(Reflected broker) {
        this.broker = broker;
    }

    /** Makes a user that may do nothing yet, or changes password and state of one. */
    void put(String name, String password, boolean enabled) throws Exception {
        Reflected users = broker.get("getAuthenticationMetadataManager");
        Reflected user = Reflected.ofClass(AUTHENTICATION + "model.User").get("of", name, password);
        user.call("setUserStatus", constant(AUTHENTICATION + "enums.UserStatus", enabled ? "ENABLE" : "DISABLE"));
        boolean known = await(users.call("getUser", name)) != null;
        await(users.call(known ? "updateUser" : "createUser", user.target()));
    }

    /** Lets a user publish to a topic. */
    void allowPublishing(String name, String topic) throws Exception {
        Object subject = Reflected.ofClass(AUTHENTICATION + "model.User").call("of", name);
        Object resource = Reflected.ofClass(AUTHORIZATION + "model.Resource").call("ofTopic", topic);
        Object publish = constant("org.apache.rocketmq.common.action.Action", "PUB");
        Object allow = constant(AUTHORIZATION + "enums.Decision", "ALLOW");
        Object acl = Reflected.ofClass(AUTHORIZATION + "model.Acl")
                .call("of", subject, List.of(resource), List.of(publish), null, allow);
        await(broker.get("getAuthorizationMetadataManager").call("createAcl", acl));
    }

    private static Object constant(String enumeration, String name) throws Exception {
        return Reflected.ofClass(enumeration).call("valueOf", name);
    }

    private static @Nullable Object await(Object future) throws Exception {
        return ((CompletableFuture<?>) future).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
