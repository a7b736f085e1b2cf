package org.casewire.twin.number;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.casewire.twin.account.Account;
import org.casewire.twin.account.AccountSettings;
import org.casewire.twin.account.Accounts;
import org.casewire.twin.journal.Journal;
import org.casewire.twin.number.OwnNumber.Hook;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of all accounts. Those of the configuration file are as it says at every start; what was bought, changed
 * or released over REST is kept in the journal.
 */
public final class Numbers implements Journal.Chapter {

    private final List<AccountSettings> settings;
    private final Accounts accounts;
    private final Clock clock;
    private final Map<String, OwnNumber> byNumber = new ConcurrentHashMap<>();
    private volatile Consumer<Journal.Entry> journal = _ -> {};

    /** The numbers of these settings. */
    public Numbers(List<AccountSettings> settings, Accounts accounts, Clock clock) {
        this.settings = settings;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** From now on every change goes there. */
    public void keepIn(Consumer<Journal.Entry> entries) {
        this.journal = entries;
    }

    /** Puts the configured numbers back to what the file says. */
    public void configure() {
        Instant now = clock.instant();
        for (AccountSettings account : settings) {
            Account owner = accounts.find(account.sid()).orElseThrow();
            account.numbers()
                    .forEach(number -> byNumber.put(number.number(), OwnNumber.configured(owner, number, now)));
        }
    }

    /** The number, whoever owns it. */
    public Optional<OwnNumber> find(String number) {
        return Optional.ofNullable(byNumber.get(number)).filter(own -> !own.released());
    }

    /** The number as one of the account's. */
    public Optional<OwnNumber> find(Account account, String number) {
        return find(number).filter(own -> own.account() == account);
    }

    /** The account's numbers in a lasting order. */
    List<OwnNumber> of(Account account) {
        return all().stream().filter(own -> own.account() == account).toList();
    }

    /** All numbers in a lasting order. */
    public List<OwnNumber> all() {
        return byNumber.values().stream()
                .filter(own -> !own.released())
                .sorted(Comparator.comparing(OwnNumber::number))
                .toList();
    }

    void put(OwnNumber number) {
        byNumber.put(number.number(), number);
        journal.accept(number);
    }

    /** Back to the configuration file. */
    public void clear() {
        byNumber.clear();
        configure();
    }

    @Override
    public String kind() {
        return OwnNumber.KIND;
    }

    @Override
    public void replay(JsonNode line) {
        accounts.find(line.path("account").asString("")).ifPresent(account -> {
            OwnNumber number = read(line, account);
            byNumber.put(number.number(), number);
        });
    }

    private static OwnNumber read(JsonNode line, Account account) {
        OwnNumber fresh = OwnNumber.create(
                account,
                line.path("number").asString(""),
                line.path("ratePerSecond").asDouble(1),
                Instant.parse(line.path("created").asString("")));
        return new OwnNumber(
                account,
                fresh.sid(),
                fresh.number(),
                line.path("friendlyName").asString(""),
                hook(line.path("sms")),
                hook(line.path("voice")),
                line.path("statusCallback").asString(null),
                fresh.ratePerSecond(),
                fresh.createdAt(),
                Instant.parse(line.path("updated").asString("")),
                line.path("released").asBoolean());
    }

    private static Hook hook(JsonNode node) {
        return new Hook(
                node.path("url").asString(null),
                node.path("method").asString("POST"),
                node.path("fallbackUrl").asString(null),
                node.path("fallbackMethod").asString("POST"));
    }

    @Override
    public Iterable<OwnNumber> entries() {
        return all();
    }
}
