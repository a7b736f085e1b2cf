package org.casewire.twin.media;

import java.nio.file.Path;

/**
 * A file as it came from its address.
 *
 * @param encoding how it was packed for the way, empty when it was not; it is handed out as it came
 * @param content where it lies until somebody takes it
 */
record FetchedFile(String contentType, String encoding, Path content) {}
