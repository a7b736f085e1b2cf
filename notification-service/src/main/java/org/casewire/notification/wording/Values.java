package org.casewire.notification.wording;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.casewire.events.Template;
import org.jspecify.annotations.Nullable;

/** Values of a text's placeholders. */
public final class Values {

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SPACE_BEFORE_POINT = Pattern.compile(" +(?=[,.;!?])");
    private static final Pattern POINTLESS = Pattern.compile("[,;](?=[,.;!?])");

    private Values() {}

    /** Puts a value in one line and of bounded length; leaves out what is blank. */
    public static void put(Map<String, String> values, String name, @Nullable String value, int longest) {
        String line = value == null ? "" : SPACES.matcher(value).replaceAll(" ").strip();
        if (!line.isEmpty()) {
            values.put(name, cut(line, longest));
        }
    }

    private static String cut(String line, int longest) {
        int points = line.codePointCount(0, line.length());
        return points <= longest ? line : line.substring(0, line.offsetByCodePoints(0, longest - 3)) + "...";
    }

    /** Fills what has a value and closes the gap where there is none. */
    public static String fillAll(Template template, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        if (template.missing(values).isEmpty()) {
            return template.filled(all);
        }
        template.missing(values).forEach(name -> all.put(name, ""));
        String filled = template.filled(all).replaceAll(" {2,}", " ");
        return POINTLESS
                .matcher(SPACE_BEFORE_POINT.matcher(filled).replaceAll(""))
                .replaceAll("")
                .strip();
    }
}
