package org.casewire.routing.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Where the content of files is kept, by keys nobody can guess. */
interface ObjectStore {

    /** Keeps a file, over what was there; afterwards it is there whole or not at all. */
    void put(String key, Path content) throws IOException;

    /**
     * Its content from a place on.
     *
     * @throws java.nio.file.NoSuchFileException when there is nothing of that name
     */
    InputStream open(String key, long from) throws IOException;

    /** Returns when it is gone, also when it never was there. */
    void delete(String key) throws IOException;
}
