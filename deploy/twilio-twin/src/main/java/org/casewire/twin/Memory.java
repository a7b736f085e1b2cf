package org.casewire.twin;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.casewire.twin.account.AccountSettings;
import org.casewire.twin.account.Accounts;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.journal.Journal;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.media.MediaStore;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.optout.BlockList;
import org.casewire.twin.rest.RequestLog;
import org.casewire.twin.webhook.Debugger;

/** Everything the twin knows; the first five outlive it. */
record Memory(
        Accounts accounts,
        Numbers numbers,
        Messages messages,
        BlockList blockList,
        MediaStore media,
        Faults faults,
        RequestLog requests,
        Debugger debugger,
        Journal journal) {

    static Memory open(DataFolder folder, List<AccountSettings> settings, Clock clock) throws IOException {
        Accounts accounts = new Accounts(settings);
        Numbers numbers = new Numbers(settings, accounts, clock);
        Messages messages = new Messages(accounts, clock);
        BlockList blockList = new BlockList();
        MediaStore media = new MediaStore(folder.media());
        Journal journal = Journal.open(folder.journal(), List.of(numbers, messages, blockList, media));
        messages.replayed();
        numbers.configure();
        if (!folder.passing()) { // nobody could ever read it back
            numbers.keepIn(journal::write);
            messages.keepIn(journal::write);
            blockList.keepIn(journal::write);
            media.keepIn(journal::write);
        }
        return new Memory(
                accounts,
                numbers,
                messages,
                blockList,
                media,
                new Faults(),
                new RequestLog(clock),
                new Debugger(clock),
                journal);
    }

    void forget() {
        faults.clear();
        messages.clear();
        blockList.clear();
        media.clear();
        numbers.clear();
        requests.clear();
        debugger.clear();
        journal.clear();
    }
}
