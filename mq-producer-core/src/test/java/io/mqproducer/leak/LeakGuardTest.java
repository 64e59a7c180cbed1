package io.mqproducer.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class LeakGuardTest {

    @Test
    void watchesEveryBuffer() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void i7_failsATestClassThatLeaksABuffer() {
        List<TestExecutionResult> failures = failedContainers(LeakingTests.class);

        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).getThrowable().orElseThrow())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("2 leaks found after " + LeakingTests.class.getName())
                .hasMessageContaining("LeakingTests.leaksAPooledBuffer")
                .hasMessageContaining("LeakingTests.leaksAnUnpooledBuffer");
    }

    @Test
    void leavesATestClassAloneThatReleasesItsBuffers() {
        assertThat(failedContainers(TidyTests.class)).isEmpty();
    }

    private static List<TestExecutionResult> failedContainers(Class<?> testClass) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .selectors(selectClass(testClass))
                .execute();
        assertThat(results.testEvents().failed().count()).isZero();
        return results.containerEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .toList();
    }

    static class LeakingTests {

        @Test
        void leaksAPooledBuffer() {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.heapBuffer(64);

            assertThat(buffer.refCnt()).isOne();
        }

        @Test
        void leaksAnUnpooledBuffer() {
            ByteBuf buffer = new UnpooledByteBufAllocator(true).directBuffer(64);

            assertThat(buffer.refCnt()).isOne();
        }
    }

    static class TidyTests {

        @Test
        void releasesItsBuffer() {
            assertThat(PooledByteBufAllocator.DEFAULT.directBuffer(64).release())
                    .isTrue();
        }
    }
}
