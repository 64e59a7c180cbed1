package io.mqproducer.boot3;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.util.ClassUtils;

/** What all the other tests of this run mean by Boot 3.5. */
class Boot3ClassPathTest {

    @Test
    void hasWhatBoot3Manages() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
        assertThat(SpringVersion.getVersion()).startsWith("6.2.");
        assertThat(Version.identify().get("netty-common").artifactVersion())
                .isEqualTo(System.getProperty("netty.version"));
        assertThat(ClassUtils.isPresent("com.fasterxml.jackson.databind.ObjectMapper", null))
                .isTrue();
    }

    @Test
    void hasNothingOfBoot4() {
        assertThat(ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", null))
                .isFalse();
        assertThat(ClassUtils.isPresent("org.springframework.boot.health.contributor.HealthIndicator", null))
                .isFalse();
    }
}
