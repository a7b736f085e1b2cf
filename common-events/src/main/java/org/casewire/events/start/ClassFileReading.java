package org.casewire.events.start;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/**
 * Reads the class files of configurations with ASM, each of them once. Left alone, Spring takes the JDK's class-file API
 * and searches all jars for a class whenever it comes by: a fifth of a second of every start.
 */
final class ClassFileReading implements ApplicationContextInitializer<GenericApplicationContext> {

    /** Where Spring Boot looks for a reader before it registers its own. */
    static final String BEAN_NAME = "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

    @Override
    public void initialize(GenericApplicationContext context) {
        Reader reader = new Reader(context);
        context.registerBean(BEAN_NAME, MetadataReaderFactory.class, () -> reader);
        context.addApplicationListener(event -> {
            if (event instanceof ContextRefreshedEvent) {
                reader.known.clear();
            }
        });
    }

    private static final class Reader extends SimpleMetadataReaderFactory {

        private final Map<String, MetadataReader> known = new HashMap<>();

        private Reader(ResourceLoader resources) {
            super(resources);
        }

        @Override
        public MetadataReader getMetadataReader(String className) throws IOException {
            MetadataReader read = known.get(className);
            if (read == null) {
                read = super.getMetadataReader(className);
                known.put(className, read);
            }
            return read;
        }
    }
}
