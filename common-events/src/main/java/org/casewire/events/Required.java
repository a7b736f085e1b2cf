package org.casewire.events;

import org.jspecify.annotations.Nullable;

/** Refuses an event that lacks a field it cannot be understood without. */
final class Required {

    private Required() {}

    static void field(@Nullable Object value, String name) {
        if (value == null || value instanceof String text && text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
