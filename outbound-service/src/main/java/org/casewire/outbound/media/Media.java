package org.casewire.outbound.media;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.casewire.events.address.PublicAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Judges pictures by their addresses, and by what lies there. */
@Service
public class Media implements DisposableBean {

    private final MediaProperties settings;
    private final MediaProbe probe;

    /** Platform threads: a name server that does not answer would hold the few carriers of all virtual ones. */
    private final ExecutorService lookers;

    @Autowired
    Media(MediaProperties settings) {
        this(
                settings,
                new MediaProbe(
                        SystemDefaultDnsResolver.INSTANCE,
                        PublicAddress::isPublic,
                        DefaultClientTlsStrategy.createDefault(),
                        settings.timeout()));
    }

    Media(MediaProperties settings, MediaProbe probe) {
        this.settings = settings;
        this.probe = probe;
        this.lookers = Executors.newFixedThreadPool(
                settings.parallel(),
                Thread.ofPlatform().daemon().name("media-", 0).factory());
    }

    /** What speaks against an address as it is written; asks nobody. */
    public Optional<String> objection(@Nullable String url) {
        return MediaAddress.read(url, settings).objection();
    }

    /** What speaks against the pictures there, by their addresses; looked at together and not for long. */
    public Map<String, String> objections(Collection<String> urls) {
        List<String> looked = new ArrayList<>();
        List<Callable<Optional<String>>> looks = new ArrayList<>();
        for (String url : urls) {
            URI address = MediaAddress.read(url, settings).address();
            if (address != null && !settings.trusts(address)) {
                looked.add(url);
                looks.add(() -> probe.objection(address));
            }
        }
        return looks.isEmpty() ? Map.of() : found(looked, all(looks));
    }

    private List<Future<Optional<String>>> all(List<Callable<Optional<String>>> looks) {
        try {
            return lookers.invokeAll(looks, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Map<String, String> found(List<String> urls, List<Future<Optional<String>>> looks) {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < looks.size(); i++) {
            Future<Optional<String>> look = looks.get(i);
            if (look.state() == Future.State.SUCCESS) {
                String url = urls.get(i);
                look.resultNow().ifPresent(why -> found.put(url, why));
            }
        }
        return found;
    }

    @Override
    public void destroy() throws Exception {
        lookers.shutdownNow();
        probe.close();
    }
}
