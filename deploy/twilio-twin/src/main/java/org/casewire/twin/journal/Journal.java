package org.casewire.twin.journal;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.twin.http.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * An append-only file of JSON lines. One background writer drains what has gathered every few milliseconds; a thing
 * that changed several times meanwhile is written once. Nothing is forced to disk: the twin survives its own death, not
 * the machine's.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long GATHERING_MILLIS = 2;
    private static final String KIND = "kind";

    /** A thing that is kept: the last line written for it wins. */
    public interface Entry {
        /** Which chapter reads it back. */
        String kind();

        /** Writes the thing's properties as they are now. */
        void write(JsonGenerator json);
    }

    /** All things of one kind. */
    public interface Chapter {
        /** The kind its entries carry. */
        String kind();

        /** Takes back one line. */
        void replay(JsonNode line);

        /** What is worth keeping now, in the order of a later replay. */
        Iterable<? extends Entry> entries();
    }

    private final Path file;
    // What is still in flight when the twin stops is dropped, not refused.
    private final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("journal").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Replays the file into the chapters, rewrites it without what is superseded, and stands ready to append. */
    public static Journal open(Path file, List<Chapter> chapters) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            replay(file, chapters);
        }
        compact(file, chapters);
        return new Journal(file, openToAppend(file));
    }

    private static void replay(Path file, List<Chapter> chapters) throws IOException {
        Map<String, Chapter> byKind = chapters.stream().collect(Collectors.toMap(Chapter::kind, Function.identity()));
        // A reader that replaces what is no UTF-8: the last line may be torn inside a character.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                replay(line, byKind);
            }
        }
    }

    private static void replay(String line, Map<String, Chapter> chapters) {
        try {
            JsonNode node = Json.parse(line.getBytes(StandardCharsets.UTF_8));
            Chapter chapter = chapters.get(node.path(KIND).asString(""));
            if (chapter != null) {
                chapter.replay(node);
            }
        } catch (JacksonException e) {
            // The process died in the middle of this line: what it said was never promised to anybody.
            LOG.atWarn().addKeyValue("length", line.length()).log("A torn line of the journal was cut");
        }
    }

    private static void compact(Path file, List<Chapter> chapters) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
            for (Chapter chapter : chapters) {
                for (Entry entry : chapter.entries()) {
                    out.write(lines(List.of(entry)));
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileChannel openToAppend(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static byte[] lines(Iterable<? extends Entry> entries) {
        return Json.lines(entries, (json, entry) -> {
            json.writeStringProperty(KIND, entry.kind());
            entry.write(json);
        });
    }

    /** Has the entry written, as it will be then, within a few milliseconds. */
    public void write(Entry entry) {
        waiting.add(entry);
        if (drainDue.compareAndSet(false, true)) {
            writer.schedule(this::drain, GATHERING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void drain() {
        drainDue.set(false);
        List<Entry> batch = new ArrayList<>();
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            batch.add(entry);
        }
        if (!batch.isEmpty()) {
            append(lines(batch));
        }
    }

    private void append(byte[] lines) {
        try {
            writeFully(ByteBuffer.wrap(lines));
        } catch (IOException e) {
            LOG.atError().setCause(e).log("The journal cannot be written: free space on the disk of --data");
        }
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Forgets everything written so far. */
    public void clear() {
        Future<?> cleared = writer.submit(() -> {
            waiting.clear();
            truncate();
        });
        try {
            cleared.get();
        } catch (Exception e) {
            throw new IllegalStateException("The journal cannot be emptied: " + file, e);
        }
    }

    private void truncate() {
        try {
            channel.close();
            Files.deleteIfExists(file);
            channel = openToAppend(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is left and closes the file. */
    @Override
    public void close() throws IOException {
        writer.submit(this::drain);
        writer.close();
        channel.close();
    }
}
