package org.headgate.sparkplug;

/**
 * The topics of an edge node (Sparkplug 3.0, 4.1): {@code spBv1.0/GROUP/TYPE/NODE}, with the device behind where it concerns one.
 *
 * @param group the group's id
 * @param node the edge node's id
 */
public record Topics(String group, String node) {
    private static final String NAMESPACE = "spBv1.0/";

    /** The topic of NBIRTH. */
    public String nbirth() {
        return of("NBIRTH");
    }

    /** The topic of NDEATH. */
    public String ndeath() {
        return of("NDEATH");
    }

    /** The topic of NDATA. */
    public String ndata() {
        return of("NDATA");
    }

    /** The topic of NCMD. */
    public String ncmd() {
        return of("NCMD");
    }

    /** The topic of DBIRTH. */
    public String dbirth(String device) {
        return of("DBIRTH") + "/" + device;
    }

    /** The topic of DDEATH. */
    public String ddeath(String device) {
        return of("DDEATH") + "/" + device;
    }

    /** The topic of DDATA. */
    public String ddata(String device) {
        return of("DDATA") + "/" + device;
    }

    /** Where commands for a device come; {@code +} for any. */
    public String dcmd(String device) {
        return of("DCMD") + "/" + device;
    }

    /** Where a host says whether it is online. */
    public static String state(String host) {
        return NAMESPACE + "STATE/" + host;
    }

    private String of(String type) {
        return NAMESPACE + group + "/" + type + "/" + node;
    }
}
