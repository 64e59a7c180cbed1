package io.mqproducer.leak;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails each test class after which the garbage collector finds buffers that nobody released. Registered for all test
 * classes by {@code META-INF/services}; it is loaded before any test class is initialized, so that Netty has no leak
 * detector of its own yet.
 */
public final class LeakGuard implements AfterAllCallback {

    private static final int COLLECTION_LIMIT_MILLIS = 10_000;

    /** The first sentinel may be enqueued before the leaks of its collection are; the second one is after them. */
    private static final int COLLECTIONS = 2;

    private final LeakReports reports = LeakReports.ofThisProcess();

    public LeakGuard() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(reports.detectors());
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (isNested(context)) {
            return; // the outermost class answers for all of it
        }
        for (int i = 0; i < COLLECTIONS; i++) {
            collectGarbage();
        }
        letDetectorLook();
        List<String> leaks = reports.take();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaks found after "
                    + context.getRequiredTestClass().getName() + ":\n" + String.join("\n\n", leaks));
        }
    }

    private static boolean isNested(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
    }

    /** Returns when a full collection is over and has enqueued the references to what it found. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), collected);
        System.gc();
        if (collected.remove(COLLECTION_LIMIT_MILLIS) == null) {
            throw new AssertionError(sentinel + " was not collected, so leaks cannot be found");
        }
    }

    /** A detector looks at what was collected whenever a buffer is allocated. */
    private static void letDetectorLook() {
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
    }
}
