package io.mqproducer.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has used so far. Linux tells of memory and system calls.
 *
 * @param cpu nanoseconds of processor time, all threads
 * @param allocated bytes on the heap by the threads that live
 * @param writes write system calls
 * @param written bytes of these
 */
record ProcessCounters(long cpu, long allocated, long writes, long written) {

    private static final String IO = "/proc/self/io";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final long KIB = 1024;

    static ProcessCounters now() {
        long allocated = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new ProcessCounters(SYSTEM.getProcessCpuTime(), allocated, field(IO, "syscw:"), field(IO, "wchar:"));
    }

    static int liveThreads() {
        return THREADS.getThreadCount();
    }

    static long rss() {
        return field("/proc/self/status", "VmRSS:") * KIB;
    }

    private static long field(String file, String name) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(name)) {
                    return Long.parseLong(
                            line.substring(name.length()).replace("kB", "").trim());
                }
            }
            throw new IllegalStateException("no " + name + " in " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("the benchmarks need Linux", e);
        }
    }
}
