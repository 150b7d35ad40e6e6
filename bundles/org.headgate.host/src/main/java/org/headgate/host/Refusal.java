package org.headgate.host;

/**
 * A device file that is there, but that the user of this process may not use.
 *
 * @param why what is to be added to that; begins with a semicolon, or is empty
 * @param remedy what to do
 */
public record Refusal(String why, String remedy) {
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
                            "; it is in the group " + group + ", but was not when the gateway started",
                            "log out and in (or reboot), then: headgate stop; headgate start")
                    : new Refusal(
                            "",
                            "sudo usermod -aG " + group + " " + user
                                    + "; log out and in, then: headgate stop; headgate start");
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
                        + " sudo usermod -aG dialout " + user);
    }
}
