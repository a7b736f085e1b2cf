package org.casewire.outbound.request;

import org.jspecify.annotations.Nullable;

/**
 * What one part of a message says or shows.
 *
 * @param body its text, null for a picture
 * @param mediaUrl its picture, null for a text
 * @param segments how many segments it is on the air; a picture counts 1
 */
record Content(@Nullable String body, @Nullable String mediaUrl, int segments) {}
