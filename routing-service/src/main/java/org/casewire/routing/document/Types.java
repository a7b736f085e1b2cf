package org.casewire.routing.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells what a file is by its first bytes. What was declared only decides between types that these bytes have in common.
 */
@Component
class Types {

    /** What is to be read of a file before it can be judged. */
    static final int ENOUGH = 64 * 1024;

    private static final String UNKNOWN = "application/octet-stream";
    private static final String PLAIN = "text/plain";

    /** Of all that is text, what does not begin with words of its own. */
    private static final Set<String> WITHOUT_A_BEGINNING =
            Set.of("text/csv", "text/tab-separated-values", "text/markdown");

    /** Other names of one type, by the name used here. */
    private static final Map<String, String> NAMES = Map.of(
            "image/jpg", "image/jpeg",
            "image/pjpeg", "image/jpeg",
            "text/x-vcard", "text/vcard",
            "text/directory", "text/vcard",
            "application/vcard", "text/vcard",
            "audio/mp3", "audio/mpeg",
            "audio/amr-nb", "audio/amr");

    /** Containers that begin alike, whatever is in them. */
    private static final List<Set<String>> ALIKE = List.of(
            Set.of(
                    "video/mp4",
                    "video/quicktime",
                    "video/3gpp",
                    "video/3gpp2",
                    "video/x-m4v",
                    "application/mp4",
                    "audio/mp4",
                    "audio/3gpp",
                    "audio/3gpp2"),
            Set.of("image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"),
            Set.of("video/webm", "audio/webm", "video/x-matroska", "application/x-matroska"),
            Set.of("audio/ogg", "video/ogg", "application/ogg", "audio/vorbis", "audio/opus"));

    private final MimeTypes known = MimeTypes.getDefaultMimeTypes();
    private final MediaTypeRegistry registry = known.getMediaTypeRegistry();

    /** The type a file has among those that are kept; empty when it has none of them. */
    Optional<String> among(Collection<String> kept, byte[] beginning, @Nullable String declared) {
        Set<String> wanted = kept.stream().map(this::named).collect(Collectors.toSet());
        String found = of(beginning);
        String said = declared == null ? UNKNOWN : named(declared);
        if (wanted.contains(said) && mayBe(said, found)) {
            return Optional.of(said);
        }
        return wanted.contains(found)
                ? Optional.of(found)
                : alike(found).filter(wanted::contains).findFirst();
    }

    /** What it is by its first bytes. */
    String of(byte[] beginning) {
        try {
            return named(known.detect(new ByteArrayInputStream(beginning), new Metadata())
                    .getBaseType()
                    .toString());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private boolean mayBe(String declared, String found) {
        return switch (found) {
            // Random bytes may be anything, and are therefore nothing.
            case UNKNOWN -> declared.equals(found);
            case PLAIN -> declared.equals(found) || WITHOUT_A_BEGINNING.contains(declared);
            default ->
                declared.equals(found)
                        || alike(found).anyMatch(declared::equals)
                        || registry.isSpecializationOf(MediaType.parse(declared), MediaType.parse(found));
        };
    }

    private static Stream<String> alike(String type) {
        return ALIKE.stream()
                .filter(group -> group.contains(type))
                .flatMap(group -> group.stream().sorted());
    }

    private String named(String written) {
        String type = written.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        MediaType parsed = MediaType.parse(type);
        if (parsed == null) {
            return UNKNOWN;
        }
        String name = NAMES.getOrDefault(type, registry.normalize(parsed).toString());
        return NAMES.getOrDefault(name, name);
    }

    /** How the name of such a file ends, with its dot. */
    String ending(String type) {
        try {
            return switch (type) {
                case "audio/mp4" -> ".m4a";
                case "video/quicktime" -> ".mov";
                case "text/vcard" -> ".vcf";
                default -> known.forName(type).getExtension();
            };
        } catch (MimeTypeException unknown) {
            return "";
        }
    }
}
