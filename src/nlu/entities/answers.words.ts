const words = (...lines: readonly string[]) => new Set(lines.flatMap((line) => line.split(' ')));

/** Whole answers that mean yes, folded and without marks; one way of agreeing a line. */
export const AFFIRM = words(
  '是 是的 是啊 是呀 是滴 是嘞 是哒 对 对的 对头 对对 对啊 对呀 对滴 对了 没错 没错的 没得错',
  '不错 正确 准确 嗯 嗯嗯 嗯呐 恩 恩恩 唔 哎 诶 欸 好 好的 好滴 好嘞 好啊 好呀 好吧 好哒',
  '好咧 好勒 好嘅 行 行的 行吧 行啊 行呗 行嘞 成 成的 成吧 中 中的 中嘞 要得 要的 得 得的',
  '得嘞 得啦 可以 可以的 可 可以啊 可以可以 阔以 ok okay okk okok okey yes',
  'y yeah yep sure 👌 👍 ✅ ✔ √ 🆗 确认 确定 确认无误 无误 没问题 没毛病 没意见',
  '没有问题 冇问题 冇错 系 系的 系啊 係 係嘅 啱 啱嘅 同意 就是 就这样 就这么办 就是这个 就是它',
  '对就是 是我 是这个 是这样 是这里 是这个地址 就这个地址 地址对 地址没错 地址是对的 是这个号码',
  '是这个电话 电话对 是本人 是我家 当然 肯定 必须的 那当然 妥 妥了 么错 末错 对额 对个 是额',
  '好个 好额 晓得了 知道了 收到 提交吧 提交 报吧 报 办吧 办 弄吧 来吧 需要 要 有 有的 愿意',
  '用 就用这个 用这个 对哒 嗯对 嗯是 嗯好 嗯是的 对是的 是对的 都对 全对 信息没错 没有错',
  '没有错误 可以提交 是滴是滴 中不溜 阿是 对咧 对着呢 对着咧 对滴很 就按这个 按这个 可以了 就它',
  '1 a 继续 安排 安排吧 没差 对啦 无问题 没有毛病 正是 是哩 是咧 害是 嗯哪 妥妥的 好个呀',
  '对伐错 没错没错 行行行 好好好 对对对 是是是 嗯嗯嗯',
  // In English, without blanks and apostrophes.
  'yesitis yesplease yessir yup yah aye surething ofcourse absolutely definitely certainly correct right thatsright thatiscorrect',
  'thatscorrect thatsit thatsall thatisall nothingelse exactly true agree agreed iagree alright allright fine thatsfine great good',
  'perfect soundsgood looksgood lookright looksright allcorrect allright allgood nothingwrong goahead proceed continue doit pleasedo',
  'ido iam itis confirm confirmed iconfirm submit submitit send sendit apply applynow reportit reportanyway register registerit okthen',
  // Told to hurry, at the summary: that is a yes.
  '发吧 发 发送 快点吧 麻烦快点 麻烦快一点 麻烦快些 请快点 请快一点 尽快 请尽快 尽快吧 麻烦尽快 尽快处理 请尽快处理 尽快派人 赶紧吧 赶紧的 赶紧派人 赶快派人 快派人 快派人来 派人来 派人吧 派人来吧 派人',
  '修吧 来修吧 报修吧 就报修 仍要报修 还是报修 还是报吧 还是要报 报上去吧 报上去 报一下 报一下吧 那报吧 确认提交 确定提交 确认报修 就这样报 就这样吧 就这样提交 都对的 全对的 没什么问题 没啥问题 没问题了 没有问题了 好了 对没问题 好提交 提交好了',
);

/** Whole answers that mean no. */
export const DENY = words(
  '不 不是 不是的 不对 不对的 不是啊 不对啊 不对头 不正确 不准确 错 错了 错的 错啦 搞错了',
  '弄错了 写错了 有误 有错 没有 没 没得 没有的 没有啊 没呢 没啊 还没 还没有 无 冇 冇啊 不用',
  '不用了 不用啦 不要 不要了 不要啦 不行 不中 不得行 不成 不可以 不能 不好 不需要 不必 不必了',
  '不了 不嘛 不想 不愿意 不同意 不方便 不太方便 不知道 否 no n nope not x ❌ 🙅 🆖',
  '唔系 唔係 唔系啊 唔啱 唔使 唔好 唔要 唔得 唔使了 勿是 勿对 勿要 弗是 伐是 伐对 伐要 莫得',
  '么得 不晓得 先不 先不用 先不要 算了 算啦 别 别了 哪有 哪里是 才不是 当然不是 并不是 并不',
  '不是这个 不是我 不是我家 不是这里 不是这样 不是本人 那不是 这不是 都不是 都不对 全错 不是不是',
  '不不 不不不 不对不对 不提交 别提交 不报 不报了 不办 不办了 不告诉 不说 不给 拒绝 取消 没必要',
  '不想说 不想给 不便 不便透露 保密 免了 2 b 毋 么有 木有 没有没有 不要不要 不用不用 否定',
  '不确定 不是嘞 不是滴',
  // In English, without blanks and apostrophes.
  'nah noway nothanks nothankyou notreally notnow notyet notme notmine notthis notcorrect notright wrong thatswrong thatiswrong incorrect',
  'itswrong itiswrong itisnt isnt thatsnotright thatsnotcorrect idont dont donot idontwantto idontwant noneed dontneed idontneed skip',
  'skipit skipthis none noneofthem neither idratherno idrathernot rathernot prefernot iprefernotto false never nosir dontknow idontknow',
  'notsure imnotsure noidea unknown nophone nonumber',
);

/** Politeness that neither agrees nor declines. */
export const COURTESY: readonly string[] = [
  '谢谢(?:你|您|了|啦|啊|哈)?',
  '(?:many)?thanks?(?:you)?(?:alot|somuch|verymuch)?',
  'please',
  '多谢(?:了)?',
  '麻烦(?:你们|你|您)?(?:了|啦)?',
  '辛苦(?:你们|你|您)?(?:了|啦)?',
  '请',
  '您好',
  '你好',
  '同志',
  '小?姑娘',
  '师傅',
  '[哈呢啦哦噢喔嘛呐哟咯啊呀吧捏哇欧]',
  '了哈',
  '的哈',
];

const WHO = '(?:我|我们|俺|咱|额|阿拉|偶|人家|家里)*';
const NUMBER = '(?:联系电话|联系方式|手机号码|手机号|手机|电话号码|电话|号码)';
/** Declining to leave a number, as a whole answer: «电话不给», «俺没电话», «不用留», «不便透露». */
export const DECLINED: readonly string[] = [
  `${WHO}${NUMBER}?(?:就|先|我|我就|也|暂时)*(?:不给|不留|不用留|不想留|不要留|别留|不说|不想说|不想给|不提供|不告诉)(?:你|你们|了|啦|吧|呗|行不行)*${NUMBER}?(?:了|啦|吧)?`,
  `${WHO}${NUMBER}?(?:就|先|我|也|都|是)*(?:不方便|不太方便|不便)(?:留|给|说|透露|提供|讲)?(?:的|了|啦|哈)?${NUMBER}?`,
  `${WHO}(?:也|都|是|真)*(?:没|没有|没得|冇|莫得|木有|么得|无)(?:${NUMBER})?(?:的|啊|呀|了)?`,
  `${WHO}${NUMBER}(?:也|都|我|是|真)*(?:没|没有|没得|冇|莫得|木有|么得|无|免了|保密|算了|就算了|就免了|不用了|不要了|不必了|不用)(?:的|啊|呀|了|吧)*`,
  `(?:个人)?隐私(?:问题)?(?:不便|不方便|不想)?(?:透露|说|给|留)?`,
  `${WHO}(?:不想|不愿意?|不肯)(?:透露|留|给|说|提供)${NUMBER}?`,
];
