package org.casewire.routing.document;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the store: a bucket where one is named, else a folder. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocumentProperties.class)
class ObjectStoreConfiguration {

    @Bean
    ObjectStore objectStore(DocumentProperties settings) {
        return settings.s3() == null
                ? new FolderStore(settings.folder())
                : new S3Store(settings.s3(), settings.storeTimeout());
    }
}
