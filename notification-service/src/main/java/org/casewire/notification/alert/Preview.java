package org.casewire.notification.alert;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import org.casewire.events.InboundEvent.Media;

/** How an alert shows a received text: its beginning, or what came instead of words. */
final class Preview {

    private static final int LENGTH = 120;

    private Preview() {}

    static String of(String body, List<Media> media) {
        String words = body == null ? "" : body.replace("\0", "");
        return words.isBlank() ? withoutWords(media) : beginning(words);
    }

    /** Cut between what people take for characters, so that no emoji and no accent is torn apart. */
    private static String beginning(String words) {
        if (words.length() <= LENGTH) {
            return words;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(words);
        int end = characters.isBoundary(LENGTH) ? LENGTH : characters.preceding(LENGTH);
        return words.substring(0, end > 0 ? end : LENGTH - 1);
    }

    private static String withoutWords(List<Media> media) {
        boolean pictures = media.stream().allMatch(Preview::isPicture);
        return switch (media.size()) {
            case 0 -> "A text without words";
            case 1 -> pictures ? "Picture" : "File";
            default -> media.size() + (pictures ? " pictures" : " files");
        };
    }

    private static boolean isPicture(Media file) {
        return file.contentType() == null || file.contentType().startsWith("image/");
    }
}
