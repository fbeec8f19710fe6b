/** Every word of the page of what could not be delivered. */
export const words = {
  title: '未送达',
  hint: '多次重试仍未送达的消息留在这里，其后的消息照常发出。排除原因后可以重新投递；重发后从头计次，仍按原来的先后顺序。',
  count: (total: number) => `共 ${total} 条`,
  empty: '没有未送达的消息',
  emptyHint: '发不出去的消息重试到底后会出现在这里，不会丢失',
  failed: '未送达的消息没有取到',
  refresh: '刷新',
  more: '加载更多',
  resend: '重新投递',
  resendAll: (count: number) => `重新投递这 ${count} 条`,
  ask: (count: number) => `把列出的 ${count} 条都重新投递？`,
  done: (count: number) => `已重新投递 ${count} 条`,
  gone: '这些消息已经有人重新投递了，列表已更新',
  reason: '原因',
  attempts: (times: number) => `试过 ${times} 次`,
  since: (ago: string) => `${ago}放弃`,
  made: (time: string) => `产生于 ${time}`,
  order: '工单',
  log: '重发记录',
  logEmpty: '还没有人重发过',
  topics: {
    'backend.order': '工单送业务系统',
    'backend.code': '短信验证码',
    'wechat.send': '微信客服消息',
    'botframework.send': 'Teams 等渠道消息',
    'order.news': '企业微信群通知',
    'order.due': '时限检查',
  } as Readonly<Record<string, string>>,
} as const;

export const topicName = (topic: string) => words.topics[topic] ?? topic;
