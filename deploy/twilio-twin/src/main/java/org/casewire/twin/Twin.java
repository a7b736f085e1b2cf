package org.casewire.twin;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.casewire.twin.account.AccountSettings;
import org.casewire.twin.delivery.Carrier;
import org.casewire.twin.delivery.StatusCallbacks;
import org.casewire.twin.delivery.Timetable;
import org.casewire.twin.fault.FaultService;
import org.casewire.twin.handset.HandsetService;
import org.casewire.twin.handset.InboundCalls;
import org.casewire.twin.handset.InboundTexts;
import org.casewire.twin.handset.Replies;
import org.casewire.twin.http.Problem;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.media.MediaLinks;
import org.casewire.twin.media.MediaResource;
import org.casewire.twin.media.Samples;
import org.casewire.twin.message.MessageResource;
import org.casewire.twin.number.NumberResource;
import org.casewire.twin.number.ServiceNumbers;
import org.casewire.twin.page.PageService;
import org.casewire.twin.rest.FaultyLists;
import org.casewire.twin.rest.RequestLogService;
import org.casewire.twin.rest.Route;
import org.casewire.twin.rest.TwilioApi;
import org.casewire.twin.webhook.Webhooks;

/** The running twin: every part once, put together here. */
final class Twin implements AutoCloseable {

    private static final int LARGEST_REQUEST = 1024 * 1024;

    private final Options options;
    private final Clock clock;
    private final DataFolder folder;
    private final Memory memory;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("timetable").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final Webhooks webhooks;
    private final MediaFetcher fetcher;
    private final Carrier carrier;
    private final WebServer server;

    private Twin(Options options, Clock clock, DataFolder folder, Memory memory) {
        this.options = options;
        this.clock = clock;
        this.folder = folder;
        this.memory = memory;
        this.webhooks = new Webhooks(clock, options.detour());
        this.fetcher = new MediaFetcher(memory.media());
        this.carrier = carrier();
        this.server = WebServer.builder()
                .host(options.host())
                .port(options.port())
                .maxPayloadSize(LARGEST_REQUEST)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(100))
                .routing(this::routing)
                .build();
    }

    static Twin start(Options options, List<AccountSettings> settings, Clock clock) throws IOException {
        DataFolder folder = DataFolder.of(options.data());
        Twin twin = new Twin(options, clock, folder, Memory.open(folder, settings, clock));
        twin.server.start();
        twin.carrier.resume();
        Thread.ofVirtual().start(twin.webhooks::prepare);
        return twin;
    }

    /** How others reach it. */
    String url() {
        return options.url() == null ? "http://" + options.host() + ":" + server.port() : options.url();
    }

    private Carrier carrier() {
        StatusCallbacks callbacks =
                new StatusCallbacks(webhooks, memory.messages(), memory.faults(), memory.debugger());
        return new Carrier(
                memory.messages(),
                memory.numbers(),
                memory.blockList(),
                callbacks,
                new Timetable(clock, scheduler, options.carrierDelay()));
    }

    private void routing(HttpRouting.Builder routing) {
        MediaLinks links = new MediaLinks(this::url, memory.media());
        routing.error(Problem.class, (_, response, problem) -> problem.answer(response))
                .any("/2010-04-01/*", TwilioApi.ofAccounts(memory.accounts(), memory.requests(), routes(links)))
                .any("/v1/*", TwilioApi.ofMessaging(memory.accounts(), memory.requests(), messagingRoutes()))
                .register(MediaLinks.PATH, links)
                .register("/twin/faults", new FaultService(memory.faults()))
                .register("/twin/requests", new RequestLogService(memory.requests()))
                .register("/twin/samples", new Samples())
                .register("/twin/handsets", handsets())
                .register("/twin", new ControlService(memory.debugger(), this::forget))
                .register("/twin", new PageService(memory.messages().handsets(), memory.numbers(), memory.blockList()));
    }

    private List<Route> routes(MediaLinks links) {
        return Stream.of(
                        new MessageResource(memory.messages(), memory.numbers(), fetcher, carrier, memory.faults())
                                .routes(),
                        new MediaResource(memory.messages(), memory.media(), links, memory.faults()).routes(),
                        new NumberResource(memory.numbers(), clock).routes())
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> messagingRoutes() {
        return new ServiceNumbers(memory.numbers(), new FaultyLists(memory.faults()), this::url).routes();
    }

    private HandsetService handsets() {
        Replies replies = new Replies(memory.messages(), memory.blockList(), carrier, fetcher, memory.debugger());
        return new HandsetService(
                memory.messages().handsets(),
                memory.numbers(),
                new InboundTexts(memory.messages(), replies, webhooks, memory.faults(), this::url),
                new InboundCalls(webhooks, memory.debugger()),
                fetcher);
    }

    private void forget() {
        memory.forget();
        carrier.clear();
    }

    @Override
    public void close() {
        memory.faults().close();
        server.stop();
        scheduler.shutdownNow();
        webhooks.close();
        fetcher.close();
        try {
            memory.journal().close();
            folder.leave();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
