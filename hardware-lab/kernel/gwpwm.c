// SPDX-License-Identifier: GPL-2.0
/*
 * gwpwm - test-only PWM chip with two channels and nothing behind them. What they are set to stands in the
 * kernel's own list, /sys/kernel/debug/pwm. Like most chips it cannot do any period: 100 ns to 1 s.
 */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>

static struct platform_device *pdev;

static int gw_apply(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state)
{
	return state->period < 100 || state->period > NSEC_PER_SEC ? -ERANGE : 0;
}
static const struct pwm_ops gw_ops = { .owner = THIS_MODULE, .apply = gw_apply };
static struct pwm_chip gw_chip = { .ops = &gw_ops, .npwm = 2 };

static int __init gw_init(void)
{
	int ret;

	pdev = platform_device_register_simple("gwpwm", -1, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	gw_chip.dev = &pdev->dev;
	ret = pwmchip_add(&gw_chip);
	if (ret)
		platform_device_unregister(pdev);
	return ret;
}
static void __exit gw_exit(void)
{
	pwmchip_remove(&gw_chip);
	platform_device_unregister(pdev);
}
module_init(gw_init); module_exit(gw_exit);
MODULE_LICENSE("GPL"); MODULE_DESCRIPTION("gateway test PWM chip");
