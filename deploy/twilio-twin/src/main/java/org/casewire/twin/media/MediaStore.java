package org.casewire.twin.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.casewire.twin.journal.Journal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The files of messages, one on disk for each. */
public final class MediaStore implements Journal.Chapter {

    private static final String KIND = "media";

    /** What is known of a file; a deleted one is remembered as such. */
    record Stored(String sid, String contentType, String encoding, boolean deleted) implements Journal.Entry {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public void write(JsonGenerator json) {
            json.writeStringProperty("sid", sid);
            json.writeStringProperty("type", contentType);
            json.writeStringProperty("encoding", encoding);
            json.writeBooleanProperty("deleted", deleted);
        }
    }

    private final Path folder;
    private final Map<String, Stored> bySid = new ConcurrentHashMap<>();
    private volatile Consumer<Journal.Entry> journal = _ -> {};

    /** Keeps the files in that folder. */
    public MediaStore(Path folder) {
        this.folder = folder;
    }

    /** From now on every change goes there. */
    public void keepIn(Consumer<Journal.Entry> entries) {
        this.journal = entries;
    }

    /** Where a file that is fetched is written to; {@link #keep} takes it from there. */
    Path incoming() {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "incoming-", "");
        } catch (IOException e) {
            throw new UncheckedIOException("Free space on the disk of --data", e);
        }
    }

    void keep(String sid, FetchedFile file) {
        try {
            Files.move(file.content(), folder.resolve(sid), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Free space on the disk of --data", e);
        }
        put(new Stored(sid, file.contentType(), file.encoding(), false));
    }

    Optional<Stored> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    Path content(Stored file) {
        return folder.resolve(file.sid());
    }

    void delete(String sid) {
        put(new Stored(sid, "", "", true));
        removeFile(sid);
    }

    private void put(Stored file) {
        bySid.put(file.sid(), file);
        journal.accept(file);
    }

    /** Forgets all files. */
    public void clear() {
        bySid.keySet().forEach(this::removeFile);
        bySid.clear();
    }

    private void removeFile(String sid) {
        try {
            Files.deleteIfExists(folder.resolve(sid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void replay(JsonNode line) {
        String sid = line.path("sid").asString("");
        bySid.put(
                sid,
                new Stored(
                        sid,
                        line.path("type").asString(""),
                        line.path("encoding").asString(""),
                        line.path("deleted").asBoolean()));
    }

    @Override
    public Iterable<Stored> entries() {
        return bySid.values();
    }
}
