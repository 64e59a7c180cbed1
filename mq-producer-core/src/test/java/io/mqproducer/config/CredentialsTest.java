package io.mqproducer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final Credentials KEYS = Credentials.of("CANARY-access", "CANARY-secret");

    @Test
    void s18_showNothingOfThemselves() {
        Credentials withToken = KEYS.withSecurityToken("CANARY-token");

        assertThat(KEYS).hasToString("Credentials[access key and secret key]");
        assertThat(withToken).hasToString("Credentials[access key and secret key, security token]");
        assertThat(withToken).isNotInstanceOf(Serializable.class);
    }

    @Test
    void tellTheirPartsToThoseWhoAsk() {
        assertThat(KEYS.accessKey()).isEqualTo("CANARY-access");
        assertThat(KEYS.secretKey()).isEqualTo("CANARY-secret");
        assertThat(KEYS.securityToken()).isEmpty();
        assertThat(KEYS.withSecurityToken("t").securityToken()).contains("t");
    }

    @Test
    void areEqualIfAllPartsAre() {
        assertThat(Credentials.of("a", "s"))
                .isEqualTo(Credentials.of("a", "s"))
                .hasSameHashCodeAs(Credentials.of("a", "s"));
        assertThat(Credentials.of("a", "s"))
                .isNotEqualTo(Credentials.of("b", "s"))
                .isNotEqualTo(Credentials.of("a", "t"))
                .isNotEqualTo(Credentials.of("a", "s").withSecurityToken("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "CANARY\n", "CAN\u0000ARY"})
    void s18_refuseWhatIsNoKeyWithoutShowingIt(String bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.of(bad, "secret"))
                .withMessageStartingWith("access key must not")
                .withMessageNotContaining("CAN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.of("access", bad))
                .withMessageStartingWith("secret key must not")
                .withMessageNotContaining("CAN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KEYS.withSecurityToken(bad))
                .withMessageStartingWith("security token must not")
                .withMessageNotContaining("CAN");
    }
}
