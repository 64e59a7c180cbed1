package io.mqproducer.spring.transaction.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/**
 * A real PostgreSQL, from Maven Central. It refuses to run as root: started by root it runs in a user namespace of its own, where it
 * is nobody, which the library sees to.
 */
final class TestPostgres {

    private TestPostgres() {}

    static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "off")
                .start();
    }
}
