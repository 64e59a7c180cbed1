package io.mqproducer.spring.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.aether.RepositoryException;
import org.junit.jupiter.api.Test;

/** What an application takes on with the starter. */
class FootprintIT {

    private static final String SPRING_BOOT_STARTER = "org.springframework.boot:spring-boot-starter";
    private static final String STARTER = "io.mqproducer:mq-producer-spring-boot-starter";

    /** All that may come along: a new name here is a decision, and something more to watch for advisories. */
    private static final Pattern ALLOWED = Pattern.compile("io\\.mqproducer:mq-producer-[a-z-]+"
            + "|io\\.netty:netty-(buffer|codec|codec-base|common|handler|resolver|transport"
            + "|transport-classes-epoll|transport-native-unix-common)"
            + "|com\\.fasterxml\\.jackson\\.core:jackson-core|org\\.jspecify:jspecify");

    @Test
    void s03_s28_isAtMostTwelveJarsOnBoot4() throws RepositoryException {
        assertThat(jarsThatTheStarterAdds("spring-boot.version")).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void s03_s28_isAtMostThirteenJarsOnBoot3() throws RepositoryException {
        assertThat(jarsThatTheStarterAdds("spring-boot3.version")).hasSizeLessThanOrEqualTo(13);
    }

    private static Set<String> jarsThatTheStarterAdds(String bootVersionProperty) throws RepositoryException {
        String boot = System.getProperty(bootVersionProperty);
        String springBootStarter = SPRING_BOOT_STARTER + ":" + boot;
        String starter = STARTER + ":" + System.getProperty("project.version");

        Set<String> added = new TreeSet<>(ApplicationClassPath.of(boot, springBootStarter, starter));
        added.removeAll(ApplicationClassPath.of(boot, springBootStarter));

        System.out.println("The starter adds " + added.size() + " jars on Spring Boot " + boot + ": " + added);
        assertThat(added)
                .contains(
                        STARTER,
                        "io.mqproducer:mq-producer-spring-boot-autoconfigure",
                        "io.mqproducer:mq-producer-core")
                .allMatch(jar -> ALLOWED.matcher(jar).matches());
        return added;
    }
}
