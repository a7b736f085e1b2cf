package org.casewire.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Twilio posted: every parameter in the order it came, repeated names included. */
record Form(List<Parameter> parameters) {

    static final Form EMPTY = new Form(List.of());

    private static final int UUID_LENGTH = 36;

    /** @throws InvalidForm when it is no readable form */
    static Form parse(byte[] encoded) {
        return new Form(FormReader.read(encoded));
    }

    /** The value of the first parameter of that name. */
    @Nullable
    String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /** The value of that name as far as it is there. */
    String text(String name) {
        String value = first(name);
        return value == null ? "" : value;
    }

    /** The value as a number from 0 to 999,999,999, null when it is none. */
    @Nullable
    Integer number(String name) {
        String value = text(name);
        boolean isNumber =
                !value.isEmpty() && value.length() <= 9 && value.chars().allMatch(sign -> sign >= '0' && sign <= '9');
        return isNumber ? Integer.valueOf(value) : null;
    }

    /** The value as a UUID in its usual form, null when it is none. */
    @Nullable
    UUID uuid(String name) {
        String value = text(name);
        try {
            return value.length() == UUID_LENGTH ? UUID.fromString(value) : null;
        } catch (IllegalArgumentException noUuid) {
            return null;
        }
    }

    /**
     * A value that becomes part of a key.
     *
     * @throws InvalidForm when it is missing or holds what would break the key
     */
    String identity(String name) {
        String value = text(name);
        if (value.isBlank()) {
            throw new InvalidForm(name + " is missing. Send it with every webhook, as Twilio does.");
        }
        if (value.indexOf('|') >= 0 || value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidForm(name + " holds a | or a control character. Send it as Twilio does.");
        }
        return value;
    }

    /** Whether one of these names is in it. */
    boolean names(Set<String> names) {
        return parameters.stream().anyMatch(parameter -> names.contains(parameter.name()));
    }

    /** The form without what these names say. */
    Form without(Set<String> names) {
        return new Form(parameters.stream()
                .filter(parameter -> !names.contains(parameter.name()))
                .toList());
    }

    /** The form's part of what Twilio signs: names sorted, each before its value, the same pair only once. */
    byte[] signedText() {
        StringBuilder text = new StringBuilder(512);
        Parameter before = null;
        for (Parameter parameter :
                parameters.stream().sorted(Parameter.AS_SIGNED).toList()) {
            if (!parameter.equals(before)) {
                text.append(parameter.name()).append(parameter.value());
            }
            before = parameter;
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
