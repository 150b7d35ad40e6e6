package org.headgate.host;

/**
 * A device file that is there, but that the user of this process may not use.
 *
 * @param why what is to be added to that; begins with a semicolon, or is empty
 * @param remedy what to do
 */
public record Refusal(String why, String remedy) {
    /** As whom the service of the package runs. */
    private static final String SERVICE = "headgate";

    /** What is the matter with a file that is not {@link DeviceNode#usable}. */
    public static Refusal of(Machine machine, DeviceNode node, String user) {
        String path = node.path();
        String group = node.group();
        if (node.groupUsable() && !group.isEmpty() && !group.equals("root")) {
            boolean member = DeviceNode.members(machine, group)
                    .map(members -> members.contains(user))
                    .orElse(false);
            return member
                    ? new Refusal(
                            "; it is in the group " + group + ", but was not when the gateway started", restart(user))
                    : new Refusal("", "sudo usermod -aG " + group + " " + user + "; " + restart(user));
        }
        if (!path.startsWith("/dev/")) {
            return new Refusal("", "ls -l " + path + " shows who may");
        }
        String kernelName = path.substring(path.lastIndexOf('/') + 1);
        return new Refusal(
                "; its group" + (group.isEmpty() ? "" : " " + group) + " does not help",
                "echo 'KERNEL==\"" + kernelName + "\", GROUP=\"dialout\", MODE=\"0660\"' | sudo tee"
                        + " /etc/udev/rules.d/90-headgate-"
                        + path.substring("/dev/".length()).replace('/', '-')
                        + ".rules; sudo udevadm control --reload; sudo udevadm trigger;"
                        + " sudo usermod -aG dialout " + user + "; " + restart(user));
    }

    /** How a gateway that runs as this user gets the groups which the user was added to. */
    public static String restart(String user) {
        return user.equals(SERVICE)
                ? "sudo systemctl restart headgate"
                : "log out and in, then: headgate stop; headgate start";
    }
}
