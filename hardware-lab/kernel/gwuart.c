// SPDX-License-Identifier: GPL-2.0
/*
 * gwuart - test-only serial port, /dev/ttyGW0, whose output is its input. In /sys/module/gwuart/parameters:
 * rs485 are the flags of struct serial_rs485 as they were set last; while stuck is Y nothing leaves.
 */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/serial_core.h>
#include <linux/tty_flip.h>

static bool stuck;
module_param(stuck, bool, 0644);
static uint rs485;
module_param(rs485, uint, 0444);
static struct platform_device *pdev;

static void gw_start_tx(struct uart_port *port)
{
	struct circ_buf *out = &port->state->xmit;

	while (!stuck && !uart_circ_empty(out) && !uart_tx_stopped(port)) {
		if (!tty_insert_flip_char(&port->state->port, out->buf[out->tail], TTY_NORMAL))
			break;
		out->tail = (out->tail + 1) & (UART_XMIT_SIZE - 1);
		port->icount.tx++;
		port->icount.rx++;
	}
	if (uart_circ_chars_pending(out) < WAKEUP_CHARS)
		uart_write_wakeup(port);
	tty_flip_buffer_push(&port->state->port);
}
static void gw_set_termios(struct uart_port *port, struct ktermios *new, const struct ktermios *old)
{
	unsigned long flags;
	unsigned int baud = uart_get_baud_rate(port, new, old, 50, 4000000);

	spin_lock_irqsave(&port->lock, flags);
	uart_update_timeout(port, new->c_cflag, baud);
	spin_unlock_irqrestore(&port->lock, flags);
}
static int gw_rs485(struct uart_port *port, struct ktermios *termios, struct serial_rs485 *wanted)
{
	rs485 = wanted->flags;
	return 0;
}
static unsigned int gw_tx_empty(struct uart_port *port) { return TIOCSER_TEMT; }
static void gw_set_mctrl(struct uart_port *port, unsigned int lines) { }
static unsigned int gw_get_mctrl(struct uart_port *port) { return TIOCM_CAR | TIOCM_CTS | TIOCM_DSR; }
static void gw_nothing(struct uart_port *port) { }
static void gw_break(struct uart_port *port, int on) { }
static int gw_startup(struct uart_port *port) { return 0; }
static const char *gw_type(struct uart_port *port) { return "gwuart"; }
static const struct uart_ops gw_ops = {
	.tx_empty = gw_tx_empty, .set_mctrl = gw_set_mctrl, .get_mctrl = gw_get_mctrl, .stop_tx = gw_nothing,
	.start_tx = gw_start_tx, .stop_rx = gw_nothing, .break_ctl = gw_break, .startup = gw_startup,
	.shutdown = gw_nothing, .set_termios = gw_set_termios, .type = gw_type,
};
static struct uart_driver gw_driver = {
	.owner = THIS_MODULE, .driver_name = "gwuart", .dev_name = "ttyGW", .nr = 1,
};
static struct uart_port gw_port = {
	.ops = &gw_ops, .type = PORT_16550, .iotype = UPIO_MEM, .mapbase = 1, .fifosize = 16, .uartclk = 16 * 4000000,
	.rs485_config = gw_rs485,
	.rs485_supported = { .flags = SER_RS485_ENABLED | SER_RS485_RTS_ON_SEND | SER_RS485_RTS_AFTER_SEND },
};

static int __init gw_init(void)
{
	int ret;

	pdev = platform_device_register_simple("gwuart", -1, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	ret = uart_register_driver(&gw_driver);
	if (ret)
		goto e1;
	gw_port.dev = &pdev->dev;
	spin_lock_init(&gw_port.lock);
	ret = uart_add_one_port(&gw_driver, &gw_port);
	if (ret)
		goto e2;
	return 0;
e2:	uart_unregister_driver(&gw_driver);
e1:	platform_device_unregister(pdev);
	return ret;
}
static void __exit gw_exit(void)
{
	uart_remove_one_port(&gw_driver, &gw_port);
	uart_unregister_driver(&gw_driver);
	platform_device_unregister(pdev);
}
module_init(gw_init); module_exit(gw_exit);
MODULE_LICENSE("GPL"); MODULE_DESCRIPTION("gateway test serial port");
