package org.casewire.bench.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What the disk itself takes: a figure beside which those of the spool are to be read. */
final class Disk {

    private static final int TIMES = 200;

    private Disk() {}

    static double syncMillis(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", "");
        double[] millis = new double[TIMES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int time = 0; time < TIMES; time++) {
                channel.write(ByteBuffer.allocate(4_096));
                long began = System.nanoTime();
                channel.force(false);
                millis[time] = (System.nanoTime() - began) / 1e6;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(millis);
        return millis[TIMES / 2];
    }
}
