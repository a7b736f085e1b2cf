package org.casewire.notification.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The page's own files, asked for anew each time but sent only when they changed, and its library, kept for good. */
@Component
class HomeFiles implements WebMvcConfigurer {

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        // By content and not by date: all files of a jar bear the date of its build, which is always the same.
        files.addResourceHandler("/home/**")
                .addResourceLocations("classpath:/home/")
                .setUseLastModified(false)
                .setEtagGenerator(HomeFiles::contentTag)
                .setCacheControl(CacheControl.noCache());
        files.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    private static String contentTag(Resource file) {
        try {
            return '"' + DigestUtils.md5DigestAsHex(file.getContentAsByteArray()) + '"';
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
