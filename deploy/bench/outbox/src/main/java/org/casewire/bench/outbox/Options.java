package org.casewire.bench.outbox;

/**
 * What to run.
 *
 * @param rounds how often each candidate runs
 * @param events how many events our outbox is given as fast as it takes them
 * @param namastackEvents how many Namastack is given
 * @param target events per second that the outbound service needs
 */
record Options(int rounds, int events, int namastackEvents, int target) {

    /** Pairs of name and value; the script beside the module has checked the names. */
    static Options parse(String[] args) {
        Options options = new Options(3, 100_000, 10_000, 21_000);
        for (int i = 0; i + 1 < args.length; i += 2) {
            int value = Integer.parseInt(args[i + 1]);
            options = switch (args[i]) {
                case "--rounds" -> new Options(value, options.events, options.namastackEvents, options.target);
                case "--events" -> new Options(options.rounds, value, options.namastackEvents, options.target);
                case "--namastack-events" -> new Options(options.rounds, options.events, value, options.target);
                case "--target" -> new Options(options.rounds, options.events, options.namastackEvents, value);
                default -> throw new IllegalArgumentException("There is no option " + args[i]);
            };
        }
        return options;
    }
}
