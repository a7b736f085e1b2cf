package org.casewire.twin.media;

/** A file as it came from its address. */
record FetchedFile(String contentType, byte[] bytes) {}
