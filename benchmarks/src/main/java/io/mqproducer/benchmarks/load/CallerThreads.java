package io.mqproducer.benchmarks.load;

/** Threads that send. Virtual ones are made by reflection, since this is compiled for Java 17. */
final class CallerThreads {

    private CallerThreads() {}

    static void start(Runnable work, boolean virtual) throws ReflectiveOperationException {
        if (virtual) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } else {
            Thread thread = new Thread(work, "caller");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
