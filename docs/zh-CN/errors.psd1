# The Chinese texts of the errors, for about_CseJobs_Errors. The ids, the categories and the English texts are those of the module
# (src/CseJobs/Errors/ErrorCatalogue.cs); docs/ConvertTo-Maml.ps1 makes the list of errors in the topics from both.
@{
    ApiNotFound = @{
        Meaning = '该主机不提供此 API（404）。'
        Action  = '检查 -Region 或 -Endpoint：地址必须是 CSE 服务的地址，即 https://cse.<region>.myhuaweicloud.com。'
    }
    AuthenticationFailed = @{
        Meaning = '凭证错误或已过期（401）。'
        Action  = '使用 Connect-Cse 重新登录。Token 的有效期为 24 小时，仅对一个项目和区域有效；签名需要正确的 SK 和准确的时钟。'
    }
    ConnectionFailed = @{
        Meaning = '没有响应：名称无法解析、没有服务在监听、TLS 失败或连接中断。'
        Action  = '检查网络、代理及其登录凭证（-Proxy、-ProxyCredential）和终端节点的地址。'
    }
    EngineAmbiguous = @{
        Meaning = '名称或通配模式对应多个引擎，而此处只能指一个引擎。未做任何操作。'
        Action  = '指定目标引擎的 ID；错误信息中列有这些 ID。'
    }
    EngineIdMissing = @{
        Meaning = '未指定引擎，会话也没有自带的引擎。'
        Action  = '指定 -EngineId，或通过管道传入引擎 ID，或为会话指定一个引擎：Connect-Cse … -EngineId <id>'
    }
    EngineNotFound = @{
        Meaning = '此项目、区域和企业项目中没有该引擎。'
        Action  = '检查引擎 ID、项目和区域。其他企业项目的引擎需要 Connect-Cse -EnterpriseProjectId。'
    }
    FileExists = @{
        Meaning = '报告文件已存在，并且指定了 -NoClobber。该文件保持原样。'
        Action  = '指定其他文件，或去掉 -NoClobber。'
    }
    FileNotWritten = @{
        Meaning = '无法写入报告文件。原有的文件保持原样。'
        Action  = '检查文件夹是否存在、是否可以写入；-Force 可以替换只读文件。'
    }
    InvalidArgument = @{
        Meaning = '值无效。如果由此模块发现，则未发送任何请求；如果由服务端发现，则 Exception.Code 说明服务端不接受的内容。'
        Action  = '更正该值后重新调用；-Verbose 显示发送的内容。'
    }
    JobFailed = @{
        Meaning = '所等待的任务以 Error 或 Timeout 结束。错误信息指明阶段、子任务以及其日志的末尾；Exception.Job 是该任务。'
        Action  = '查看其所有步骤：Get-CseEngineJob <engine> -Id <id> | Format-Custom。消除原因后，使用 Restart-CseEngineJob 重试。'
    }
    JobNotFound = @{
        Meaning = '引擎没有该任务。'
        Action  = '使用 Get-CseEngineJob 列出引擎的任务，从中选取 Id。'
    }
    ListingInterrupted = @{
        Meaning = '列表在输出部分任务之后失败。Exception.Reason 说明原因，Exception.Listing 说明进行到何处。'
        Action  = '按错误信息的提示，使用 -Skip 继续读取；引擎则重新列出。'
    }
    MalformedResponse = @{
        Meaning = '响应与 API 文档不符：可能是代理的页面、不完整的响应体，或完全不同的内容。'
        Action  = '确认终端节点是 CSE API，并且没有代理代为应答；-Verbose 显示请求。'
    }
    NotConnected = @{
        Meaning = '没有会话，或者没有默认会话：用 Disconnect-Cse 结束默认会话之后，其他会话不会取而代之。'
        Action  = '运行 Connect-Cse，例如：Connect-Cse -Region cn-north-4 -ProjectId <id> -Token <token>。已打开的会话可以用 Select-CseSession 选择。'
    }
    NotLatestJob = @{
        Meaning = '要重试的任务不是引擎最新的任务。未做任何操作。'
        Action  = '只能重试引擎最新的任务：如果要重试的就是它，请省略 -Id。Get-CseEngineJob -Latest 显示最新的任务。'
    }
    PermissionDenied = @{
        Meaning = '凭证有效，但没有权限执行此操作（403）。'
        Action  = '申请此项目的 cse:engine:get 权限（重试任务需要 cse:engine:update），或检查项目 ID 和区域。'
    }
    ProjectNotFound = @{
        Meaning = 'IAM 没有该名称的项目、有多个同名项目，或未说明 Token 所属的项目。'
        Action  = '使用 -ProjectId 指定项目 ID，或授予用户列出项目的权限。'
    }
    RedirectRefused = @{
        Meaning = '服务端要求重定向。绝不跟随重定向，否则凭证会随之外泄。'
        Action  = '如果信任重定向的目标地址，请将其指定为 -Endpoint。'
    }
    RequestRejected = @{
        Meaning = '服务端因其他原因拒绝了请求（其他 4xx）。'
        Action  = '阅读错误信息中服务端的说明；-Verbose 显示请求。'
    }
    RetryNotOffered = @{
        Meaning = '引擎不对其最新的任务提供重试：该任务没有失败，或已在重新运行。未做任何操作。'
        Action  = 'Get-CseEngine -Id 显示引擎提供的操作（EngineAdditionalActions），Get-CseEngineJob -Latest 显示其最新的任务。'
    }
    ServerError = @{
        Meaning = '服务端或网关失败（5xx），重试后仍然如此。'
        Action  = '稍后重新调用。如果持续失败，请向华为云技术支持提供请求 ID。'
    }
    SessionClosed = @{
        Meaning = '会话已被 Disconnect-Cse 结束，被之后同名的 Connect-Cse 取代，或者随模块一起结束。'
        Action  = '使用 Connect-Cse 建立新的会话。'
    }
    SessionNotFound = @{
        Meaning = '没有该名称的会话。'
        Action  = 'Get-CseSession 列出现有的会话。'
    }
    Throttled = @{
        Meaning = '请求过多（429），重试后仍然如此。'
        Action  = '等待一分钟，然后减少同时进行的调用再试，或使用 Connect-Cse -MaximumRetryCount 增加重试次数。'
    }
    TimeoutReached = @{
        Meaning = '服务端没有及时响应。'
        Action  = '稍后重新调用，或使用 Connect-Cse -TimeoutSec 和 -OperationTimeoutSec 延长时间。'
    }
    UnexpectedError = @{
        Meaning = '不属于其他任何一类的失败。'
        Action  = '使用 -Verbose 重新调用，并报告其显示的内容。'
    }
    WatchTimedOut = @{
        Meaning = 'Watch-CseEngineJob 的时间已到，而 -Until 所等待的情况仍未出现。'
        Action  = '使用更长的 -TimeoutSec 或不指定该参数再次监视。-IncludeCurrent 显示正在运行的任务。'
    }
    WaitTimedOut = @{
        Meaning = 'Wait-CseEngineJob 的时间已到，任务仍未结束。任务本身继续运行。'
        Action  = '使用更长的 -TimeoutSec 或不指定该参数再次等待：将从任务的当前状态继续等待。'
    }
}
