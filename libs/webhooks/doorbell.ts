/** Notification that there is something to deliver. */
export const deliveriesChannel = 'holdfast_webhook_deliveries';
