package org.casewire.routing.search;

import org.casewire.events.backlog.Backlog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is filed and not found by its words yet. */
@Configuration(proxyBeanMethods = false)
class UnindexedBacklog {

    @Bean
    Backlog unindexedTextsBacklog() {
        return new Backlog("unindexed", """
                SELECT coalesce(sum(cardinality(refs)), 0) AS waiting
                FROM (SELECT refs FROM unindexed LIMIT %d) AS waiters
                """.formatted(Backlog.MOST));
    }
}
