package io.mqproducer.test;

import java.util.Objects;

/**
 * A user of RocketMQ's ACL; the same pair signs a client's requests.
 *
 * @param user the user name, or access key
 * @param password the password, or secret key
 */
record Credentials(String user, String password) {

    Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
