package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "'', '', 0",
        "group, group, 0",
        "'', group, 5",
        "gruop, group, 1",
        "groups, group, 1",
        "goup, group, 1",
        "grxup, group, 1",
        "kitten, sitting, 3"
    })
    void countsWhatHasToBeChanged(String one, String other, int distance) {
        assertThat(EditDistance.between(one, other)).isEqualTo(distance);
        assertThat(EditDistance.between(other, one)).isEqualTo(distance);
    }
}
