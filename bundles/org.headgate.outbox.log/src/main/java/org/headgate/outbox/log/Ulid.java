package org.headgate.outbox.log;

/** Identities that sort by time and that nobody else makes: 48 bits of milliseconds, 80 bits of chance, in Crockford's base 32. */
final class Ulid {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Ulid() {}

    /**
     * A ULID.
     *
     * @param epochMillis when
     * @param chance ten random bytes
     */
    static String of(long epochMillis, byte[] chance) {
        StringBuilder text = new StringBuilder(26);
        for (int i = 9; i >= 0; i--) {
            text.append(DIGITS.charAt((int) (epochMillis >>> i * 5) & 31));
        }
        for (int bit = 0; bit < 80; bit += 5) {
            int pair = (chance[bit / 8] & 0xFF) << 8 | (bit / 8 + 1 < 10 ? chance[bit / 8 + 1] & 0xFF : 0);
            text.append(DIGITS.charAt(pair >>> 11 - bit % 8 & 31));
        }
        return text.toString();
    }
}
